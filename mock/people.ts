/** The people of the demonstration, all invented. */
import { birthPeople } from './people/births'
import { elderPeople } from './people/elders'
import { familyPeople, homePeople } from './people/families'
import { ownerPeople } from './people/owners'
import type { DemoPerson } from './people/person'
import { workerPeople } from './people/workers'

/** @param today  calendar day in Asia/Shanghai, from which births and leavings are dated */
export function demoPeople(today: string): DemoPerson[] {
  return [
    ...birthPeople(today), ...familyPeople(today), ...ownerPeople(), ...homePeople(),
    ...workerPeople(today), ...elderPeople(),
  ]
}
