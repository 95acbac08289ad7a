/** The departments' own systems: tasks go out here, answers come back as signed feedback. */
import { Type } from '@sinclair/typebox'
import type { OutsideCancel, OutsideTask } from '@core/contract/outside'
import { closed } from '@core/contract/wire'
import { Refused } from '@core/refusal'
import type { DepartmentSystem } from '../config'
import { type Line, askSigned } from './http'

const Accepted = Type.Object({ accepted: Type.Literal(true) }, closed)

export function departments(line: Line, systems: readonly DepartmentSystem[]) {
  const byDepartment = new Map(systems.map((system) => [system.departmentId, system]))
  const byKey = new Map(systems.map((system) => [system.keyId, system]))
  return {
    has: (departmentId: string) => byDepartment.has(departmentId),
    /** May arrive twice; the task's id and round tell the department that it is the same. */
    async send(departmentId: string, message: OutsideTask | OutsideCancel): Promise<void> {
      const system = byDepartment.get(departmentId)
      if (!system) throw new Refused('OUTSIDE_DOWN', { system: departmentId })
      const own = { ...line, system: `department ${departmentId}` }
      await askSigned(own, { url: new URL(system.url), key: system, content: message }, Accepted)
    },
    secretOf(keyId: string) {
      const system = byKey.get(keyId)
      return system && { department: system.departmentId, secret: system.secret }
    },
  }
}
