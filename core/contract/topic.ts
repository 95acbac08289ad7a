/**
 * The shape of a topic as phone, server and console see it: every item linked, every role bound,
 * every rule written over this topic's own questions and fields. `server/catalogue` makes it from
 * the YAML files; `GET /v1/topics/{id}` carries it.
 */
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { Rule } from '../rule'
import { Extendable, RegisteredAs } from './item-law'
import { NeedSchema } from './need'
import { closed } from './wire'

const strings = Type.Array(Type.String())

/** Recursive over all / any / not; atoms as in core/rule.ts. */
export const RuleSchema = Type.Unsafe<Rule>(
  Type.Recursive(
    (Self) =>
      Type.Union([
        Type.Object({ all: Type.Array(Self) }, closed),
        Type.Object({ any: Type.Array(Self) }, closed),
        Type.Object({ not: Self }, closed),
        Type.Object({ q: Type.String(), is: Type.Union([Type.String(), strings]) }, closed),
        Type.Object({ field: Type.String(), is: Type.Union([Type.String(), strings]) }, closed),
        Type.Object({ field: Type.String(), equals: Type.String() }, closed),
        Type.Object({ fact: Type.String() }, closed),
      ]),
    { $id: 'Rule' },
  ),
)

export const LimitSchema = Type.Object(
  {
    days: Type.Integer({ minimum: 0, maximum: 400 }),
    unit: Type.Union([Type.Literal('working-day'), Type.Literal('day')]),
    note: Type.Optional(Type.String()),
  },
  closed,
)

/** 法律依据: the law and its article, as printed on the notice. */
export const BasisSchema = Type.Object({ law: Type.String(), article: Type.String() }, closed)

export const Option = Type.Object(
  { value: Type.String(), label: Type.String(), hint: Type.Optional(Type.String()) },
  closed,
)

export const VALUE_TYPES = [
  'text', 'name', 'idNumber', 'creditCode', 'phone', 'date', 'datetime', 'number', 'choice',
  'region', 'address', 'certificateNumber',
] as const
const ValueTypeSchema = Type.Union(VALUE_TYPES.map((type) => Type.Literal(type)))

/** 数据项: a datum that can be asked of any role. */
export const ElementSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][A-Za-z0-9]*$' }),
    label: Type.String(),
    type: ValueTypeSchema,
    hint: Type.Optional(Type.String({ description: 'one short sentence, no link (U3)' })),
    unit: Type.Optional(Type.String()),
    minLength: Type.Optional(Type.Integer()),
    maxLength: Type.Optional(Type.Integer()),
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
    decimals: Type.Optional(Type.Integer()),
    options: Type.Optional(Type.Array(Option)),
    pattern: Type.Optional(Type.String({ description: 'what a text must match, anchored' })),
    patternText: Type.Optional(Type.String({ description: 'the sentence beside a wrong text' })),
    example: Type.Optional(Type.String({ description: 'an invented value that is right' })),
    latin: Type.Optional(Type.Boolean({ description: 'also a name as on a foreign passport' })),
    sensitive: Type.Boolean({ description: 'encrypted, masked in lists and logs (PIPL §28)' }),
    ground: Type.String({ description: 'legal ground of asking it (C1)' }),
  },
  closed,
)

/** 材料: a document of a role. */
export const MaterialSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    name: Type.String(),
    content: Type.String({ description: '材料内容: what must be on it and readable' }),
    sides: Type.Array(Type.String(), { minItems: 1, description: 'one photo a side, in order' }),
    maxPages: Type.Integer({ minimum: 1, maximum: 20 }),
    shape: Type.Optional(
      Type.Union([Type.Literal('card'), Type.Literal('booklet')], {
        description: 'how it lies before the camera; a sheet of paper unless said',
      }),
    ),
    sample: Type.Optional(
      Type.Array(Type.String(), { minItems: 1, description: '样表: the lines a right one shows' }),
    ),
    how: Type.Union([
      Type.Literal('photo'),
      Type.Literal('declaration'),
      Type.Literal('onsite'),
    ], { description: 'photographed, declared in the app, or taken on site' }),
    declaration: Type.Optional(Type.String({ description: 'the sentence one declares' })),
    certificate: Type.Optional(
      Type.String({ description: 'type of the electronic certificate that equals it (令716 §10)' }),
    ),
  },
  closed,
)

export const DepartmentSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    short: Type.String(),
    phone: Type.Optional(Type.String()),
  },
  closed,
)

/** Of a role that may be many people: which of them, from 1. Only in plans, never in a topic. */
const Row = Type.Integer({ minimum: 1 })

export const FieldSchema = Type.Composite(
  [
    ElementSchema,
    Type.Object({
      key: Type.String({ description: 'role.element' }),
      role: Type.String(),
      element: Type.String(),
      row: Type.Optional(Row),
    }),
  ],
  closed,
)

export const TopicMaterialSchema = Type.Composite(
  [
    MaterialSchema,
    Type.Object({ key: Type.String(), role: Type.String(), row: Type.Optional(Row) }),
  ],
  closed,
)

const Use = { key: Type.String(), when: RuleSchema, optional: Type.Boolean() }

export const OnsiteSchema = Type.Object(
  {
    id: Type.String(),
    text: Type.String(),
    who: Type.String({ description: 'who must come, or be there' }),
    comes: Type.Optional(Type.Boolean({ description: 'somebody comes: no visit' })),
    why: Type.String({ description: 'law or reason' }),
    when: RuleSchema,
  },
  closed,
)

export const ItemSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    short: Type.String(),
    seedRows: strings,
    seedNote: Type.Optional(Type.String()),
    department: Type.String(),
    mode: Type.Union([
      Type.Literal('apply'),
      Type.Literal('verify'),
      Type.Literal('onsite'),
      Type.Literal('internal'),
    ]),
    when: RuleSchema,
    needs: NeedSchema,
    alternative: Type.Optional(Type.String({ description: 'exactly one of its group applies' })),
    conditions: strings,
    basis: Type.Array(BasisSchema, { minItems: 1 }),
    statutory: Type.Optional(LimitSchema),
    promised: LimitSchema,
    // the law by which one person examines and another decides
    twoPeople: Type.Optional(BasisSchema),
    extension: Extendable,
    season: Type.Optional(
      Type.Object(
        { id: Type.String(), when: RuleSchema },
        { ...closed, description: 'handled in the rounds of a season, not by a rolling clock' },
      ),
    ),
    fee: Type.Object({ amount: Type.Number(), text: Type.String(), basis: Type.String() }, closed),
    result: Type.Object(
      {
        name: Type.String(),
        material: Type.Optional(Type.String({ description: 'material key it stands for' })),
        gives: Type.Array(Type.String(), { description: 'field keys known only afterwards' }),
        certificate: Type.Boolean(),
        ...RegisteredAs,
      },
      closed,
    ),
    fields: Type.Array(Type.Object(Use, closed)),
    materials: Type.Array(
      Type.Object({ ...Use, reason: Type.Optional(Type.String()) }, closed),
    ),
    onsite: Type.Array(OnsiteSchema),
    status: Type.Union([Type.Literal('draft'), Type.Literal('confirmed')]),
    source: Type.String(),
    checkedOn: Type.String(),
  },
  closed,
)

/** A likely value, filled in to be looked at: of the three sources exactly one is given. */
export const SuggestionSchema = Type.Object(
  {
    field: Type.String({ description: 'of a list: every row, with `value`; else the first' }),
    from: Type.Optional(Type.String({ description: 'a field, or `region`, the county acted in' })),
    mine: Type.Optional(Type.String({ description: 'an element of whoever fills in' })),
    value: Type.Optional(Type.String({ description: 'what most choose, or the law takes' })),
    when: RuleSchema,
  },
  closed,
)

export const QuestionSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
    ask: Type.String(),
    hint: Type.Optional(Type.String()),
    when: RuleSchema,
    many: Type.Optional(
      Type.Boolean({ description: 'several may be chosen; their values are joined by commas' }),
    ),
    options: Type.Array(
      Type.Composite(
        [Option, Type.Object({
          alone: Type.Optional(Type.Boolean({ description: 'goes with no other' })),
          usual: Type.Optional(Type.Boolean({ description: 'of several, what most choose' })),
        })],
        closed,
      ),
      { minItems: 2 },
    ),
  },
  closed,
)

/**
 * Of a birth date: the age reached on a day: `today`, a date field, or the next `MM-DD`.
 * `staged` moves `least` as the 2024-09-13 decision on retirement does: one month more for every
 * `every` months by which the age would have been reached from the month `from` on, up to `most`.
 */
const AgedSchema = Type.Object(
  {
    least: Type.Optional(Type.Integer({ description: 'months' })),
    below: Type.Optional(Type.Integer({ description: 'months' })),
    staged: Type.Optional(
      Type.Object(
        { from: Type.String(), every: Type.Integer({ minimum: 1 }), most: Type.Integer() },
        closed,
      ),
    ),
    on: Type.String(),
  },
  closed,
)

/** A rule between fields; `today` may stand where a date field may. */
export const CheckSchema = Type.Object(
  {
    field: Type.String({ description: 'where the message is shown' }),
    when: RuleSchema,
    must: Type.Union([
      Type.Object({ notAfter: Type.String() }, closed),
      Type.Object({ notBefore: Type.String() }, closed),
      Type.Object({ differFrom: Type.String() }, closed),
      Type.Object({ matchIdNumber: Type.String() }, closed),
      Type.Object(
        { within: Type.Object({ months: Type.Integer(), after: Type.String() }, closed) },
        closed,
      ),
      Type.Object(
        { yearsAfter: Type.Object({ min: Type.Integer(), of: Type.String() }, closed) },
        closed,
      ),
      Type.Object({ aged: AgedSchema }, closed),
      Type.Object({ atMost: Type.String({ description: 'number field not exceeded' }) }, closed),
      Type.Object({ sumOf: Type.String({ description: 'number field of a list' }) }, closed),
      Type.Object({ unique: Type.Literal(true, { description: 'no two rows alike' }) }, closed),
    ]),
    text: Type.String(),
  },
  closed,
)

/** A clock that runs against the citizen: missing it has a consequence that must be told. */
export const DeadlineSchema = Type.Object(
  {
    id: Type.String(),
    text: Type.String(),
    items: strings,
    from: Type.String({ description: 'date field it counts from' }),
    within: Type.Object(
      {
        n: Type.Integer(),
        unit: Type.Union([Type.Literal('day'), Type.Literal('month'), Type.Literal('year')]),
      },
      closed,
    ),
    missed: Type.String({ description: 'what happens then' }),
    basis: BasisSchema,
    when: RuleSchema,
  },
  closed,
)

export const RELATIONS = [
  'me', 'spouse', 'child', 'father', 'mother', 'householder', 'company', 'other',
] as const

export const RoleSchema = Type.Object(
  {
    id: Type.String(),
    label: Type.String(),
    minor: Type.Boolean(),
    many: Type.Optional(
      Type.Object(
        { min: Type.Integer({ minimum: 1 }), max: Type.Integer({ minimum: 2, maximum: 100 }) },
        { ...closed, description: 'a list: each person or thing is a row' },
      ),
    ),
    signs: Type.Optional(RuleSchema),
    relation: Type.Array(
      Type.Object(
        { to: Type.Union(RELATIONS.map((to) => Type.Literal(to))), when: RuleSchema },
        closed,
      ),
      { description: 'who this is to the person filling in; drives prefill' },
    ),
  },
  closed,
)

const monthDay = Type.String({ pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })

/** 报名期: yearly rounds set by each county; a round without region holds for all others. */
export const SeasonSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    rounds: Type.Array(
      Type.Object(
        {
          region: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
          opens: monthDay,
          closes: monthDay,
          results: monthDay,
        },
        closed,
      ),
      { minItems: 1 },
    ),
    status: ItemSchema.properties.status,
    source: Type.String(),
    checkedOn: Type.String(),
  },
  closed,
)

/** 联办: another topic to go on with, and whose data goes along (role there → role here). */
export const JoinSchema = Type.Object(
  {
    topic: Type.String(),
    when: RuleSchema,
    text: Type.String(),
    as: Type.Record(Type.String(), Type.String()),
  },
  closed,
)

export const TopicSchema = Type.Object(
  {
    id: Type.String(),
    number: Type.Integer({ minimum: 1 }),
    version: Type.Integer({ minimum: 1 }),
    title: Type.String(),
    summary: Type.String(),
    audience: Type.Union([Type.Literal('person'), Type.Literal('company')]),
    stage: Type.String({ description: 'life stage it belongs to' }),
    tone: Type.Union([Type.Literal('warm'), Type.Literal('plain'), Type.Literal('quiet')]),
    lead: Type.String(),
    departments: Type.Array(DepartmentSchema),
    basis: Type.Array(Type.Object({ law: Type.String(), article: Type.String() }, closed)),
    roles: Type.Array(RoleSchema),
    questions: Type.Array(QuestionSchema),
    items: Type.Array(ItemSchema),
    alternatives: Type.Array(
      Type.Object(
        { id: Type.String(), unless: RuleSchema },
        { ...closed, description: 'exactly one item of the group applies; none under `unless`' },
      ),
    ),
    seasons: Type.Array(SeasonSchema),
    joins: Type.Array(JoinSchema),
    phrases: Type.Array(Type.String(), { description: 'words people say when they mean it' }),
    fields: Type.Array(FieldSchema),
    materials: Type.Array(TopicMaterialSchema),
    checks: Type.Array(CheckSchema),
    suggestions: Type.Optional(Type.Array(SuggestionSchema)),
    deadlines: Type.Array(DeadlineSchema),
    notices: Type.Array(
      Type.Object({ id: Type.String(), text: Type.String(), when: RuleSchema }, closed),
    ),
    stops: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          title: Type.String(),
          text: Type.String(),
          next: Type.String({ description: 'where to go instead' }),
          when: RuleSchema,
        },
        closed,
      ),
      { description: 'situations this topic cannot carry, told before anything is filled in' },
    ),
    status: Type.Union([Type.Literal('draft'), Type.Literal('confirmed')]),
  },
  { ...closed, $id: 'Topic' },
)

type Of<T extends TSchema> = Static<T>
export type Topic = Of<typeof TopicSchema>
export type Item = Of<typeof ItemSchema>
export type Field = Of<typeof FieldSchema>
export type Element = Of<typeof ElementSchema>
export type Material = Of<typeof MaterialSchema>
export type TopicMaterial = Of<typeof TopicMaterialSchema>
export type Question = Of<typeof QuestionSchema>
export type Suggestion = Of<typeof SuggestionSchema>
export type Check = Of<typeof CheckSchema>
export type Limit = Of<typeof LimitSchema>
export type Department = Of<typeof DepartmentSchema>
export type Deadline = Of<typeof DeadlineSchema>
export type Season = Of<typeof SeasonSchema>
export type Join = Of<typeof JoinSchema>
export type Onsite = Of<typeof OnsiteSchema>
export type Relation = (typeof RELATIONS)[number]
