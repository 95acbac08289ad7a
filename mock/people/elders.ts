/** Who lets somebody else act: an old father, whose son has a phone that is easier to read. */
import { type Adult, type DemoPerson, UYGHUR, idCard, person, registerPage } from './person'

const HOME_OF_IMIN = '新疆喀什市演示街道滨河路15号1单元601室'
const IMIN: Adult = {
  name: '依明·萨迪克', sex: '1', bornOn: '1948-03-10', ethnicity: UYGHUR,
  region: '653101', hukouAddress: HOME_OF_IMIN, homeAddress: HOME_OF_IMIN,
  phone: '13900000027',
}

export function elderPeople(): DemoPerson[] {
  return [
    person(IMIN, { shows: '委托代办', who: '老人，吐尔逊的父亲：发代办码，请儿子在自己手机上办' },
      [idCard(IMIN), registerPage(IMIN, 'me', { householder: IMIN })]),
  ]
}
