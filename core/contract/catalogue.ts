/**
 * The shape of the YAML files that business staff own. An item speaks of its own generic roles and
 * facts; a topic binds them. `core/topic.ts` links both into the Topic of contract/topic.ts.
 */
import { type Static, Type } from '@sinclair/typebox'
import { RegisteredAs } from './item-law'
import { NeedSchema } from './need'
import {
  BasisSchema, CheckSchema, DeadlineSchema, ItemSchema, OnsiteSchema, QuestionSchema,
  RoleSchema, RuleSchema, SeasonSchema, SuggestionSchema, TopicSchema,
} from './topic'
import { closed } from './wire'

const strings = Type.Array(Type.String())
const Source = {
  status: ItemSchema.properties.status,
  source: Type.String({ minLength: 1 }),
  checkedOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
}
/** `child.name`, or the same with a condition or 选填. */
const FieldUse = Type.Union([
  Type.String(),
  Type.Object(
    {
      field: Type.String(),
      when: Type.Optional(RuleSchema),
      optional: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
])
/** `mother.id-card`, or the same with a condition. */
const MaterialUse = Type.Union([
  Type.String(),
  Type.Object(
    {
      material: Type.String(),
      when: Type.Optional(RuleSchema),
      optional: Type.Optional(Type.Boolean()),
      reason: Type.Optional(Type.String()),
    },
    closed,
  ),
])

const { when: _always, ...onsite } = OnsiteSchema.properties

export const ItemSource = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    name: Type.String(),
    short: Type.String(),
    seedRows: strings,
    seedNote: Type.Optional(Type.String()),
    department: Type.String(),
    mode: ItemSchema.properties.mode,
    roles: strings,
    facts: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: 'fact → what it means' }),
    ),
    conditions: Type.Array(
      Type.Union([
        Type.String(),
        Type.Object({ text: Type.String(), when: RuleSchema }, closed),
      ]),
      { minItems: 1, description: 'with `when`: left out of topics in which it can never hold' },
    ),
    basis: Type.Array(BasisSchema, { minItems: 1 }),
    statutory: ItemSchema.properties.statutory,
    promised: ItemSchema.properties.promised,
    twoPeople: ItemSchema.properties.twoPeople,
    extension: ItemSchema.properties.extension,
    season: Type.Optional(
      Type.Object({ id: Type.String(), when: Type.Optional(RuleSchema) }, closed),
    ),
    fee: ItemSchema.properties.fee,
    result: Type.Object(
      {
        name: Type.String(),
        material: Type.Optional(Type.String({ description: 'role.material' })),
        gives: Type.Optional(strings),
        certificate: Type.Boolean(),
        ...RegisteredAs,
      },
      closed,
    ),
    fields: Type.Array(FieldUse),
    materials: Type.Array(MaterialUse),
    onsite: Type.Optional(
      Type.Array(Type.Object({ ...onsite, when: Type.Optional(RuleSchema) }, closed)),
    ),
    checks: Type.Optional(
      Type.Array(
        Type.Object(
          {
            field: CheckSchema.properties.field,
            when: Type.Optional(RuleSchema),
            must: CheckSchema.properties.must,
            text: CheckSchema.properties.text,
          },
          closed,
        ),
      ),
    ),
    ...Source,
  },
  closed,
)

const optionalWhen = { when: Type.Optional(RuleSchema) }

export const TopicSource = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    number: TopicSchema.properties.number,
    version: TopicSchema.properties.version,
    title: Type.String(),
    summary: Type.String(),
    audience: TopicSchema.properties.audience,
    stage: Type.String(),
    tone: TopicSchema.properties.tone,
    lead: Type.String(),
    basis: TopicSchema.properties.basis,
    roles: Type.Array(
      Type.Object(
        {
          id: RoleSchema.properties.id,
          label: RoleSchema.properties.label,
          minor: Type.Optional(Type.Boolean()),
          many: RoleSchema.properties.many,
          signs: RoleSchema.properties.signs,
          relation: Type.Optional(
            Type.Array(
              Type.Object(
                { to: RoleSchema.properties.relation.items.properties.to, ...optionalWhen },
                closed,
              ),
            ),
          ),
        },
        closed,
      ),
      { minItems: 1 },
    ),
    questions: Type.Array(
      Type.Object({ ...QuestionSchema.properties, ...optionalWhen }, closed),
    ),
    items: Type.Array(
      Type.Object(
        {
          item: Type.String(),
          as: Type.Optional(Type.Record(Type.String(), Type.String())),
          where: Type.Optional(Type.Record(Type.String(), RuleSchema)),
          ...optionalWhen,
          needs: Type.Optional(NeedSchema),
          alternative: Type.Optional(Type.String()),
        },
        closed,
      ),
      { minItems: 1 },
    ),
    alternatives: Type.Optional(TopicSchema.properties.alternatives),
    joins: Type.Optional(TopicSchema.properties.joins),
    phrases: Type.Array(Type.String({ minLength: 2 }), { minItems: 1 }),
    checks: Type.Optional(
      Type.Array(Type.Object({ ...CheckSchema.properties, ...optionalWhen }, closed)),
    ),
    suggestions: Type.Optional(
      Type.Array(Type.Object({ ...SuggestionSchema.properties, ...optionalWhen }, closed)),
    ),
    deadlines: Type.Optional(
      Type.Array(Type.Object({ ...DeadlineSchema.properties, ...optionalWhen }, closed)),
    ),
    notices: Type.Optional(
      Type.Array(
        Type.Object(
          { ...TopicSchema.properties.notices.items.properties, ...optionalWhen },
          closed,
        ),
      ),
    ),
    stops: Type.Optional(
      Type.Array(
        Type.Object({ ...TopicSchema.properties.stops.items.properties }, closed),
      ),
    ),
    status: TopicSchema.properties.status,
  },
  closed,
)

export const SeasonsSource = Type.Array(SeasonSchema)

/** 行政区划, GB/T 2260. `uyghur` is data for a later help layer and is not shown while draft. */
export const RegionSchema = Type.Object(
  {
    code: Type.String({ pattern: '^\\d{6}$' }),
    name: Type.String({ minLength: 1 }),
    uyghur: Type.Optional(Type.String()),
    level: Type.Union([Type.Literal('prefecture'), Type.Literal('county')]),
  },
  closed,
)

export const RegionsSource = Type.Object(
  { ...Source, regions: Type.Array(RegionSchema, { minItems: 1 }) },
  closed,
)

const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const span = Type.Union([
  Type.Object({ name: Type.String(), date: day }, closed),
  Type.Object({ name: Type.String(), from: day, to: day }, closed),
])

/** calendar/*.yaml; whether its days make sense is for readCalendar of core/clock.ts. */
export const CalendarFile = Type.Object(
  {
    region: Type.String(),
    years: Type.Array(
      Type.Object(
        {
          year: Type.Integer(),
          ...Source,
          note: Type.Optional(Type.String()),
          off: Type.Array(span),
          work: Type.Array(Type.Object({ name: Type.String(), date: day }, closed)),
        },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  closed,
)

export type Region = Static<typeof RegionSchema>
export type ItemSource = Static<typeof ItemSource>
export type TopicSource = Static<typeof TopicSource>
