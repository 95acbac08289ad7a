/** Who opens a firm, who signs beside them, and who has one already. */
import { checkDigit32100 } from '@core/values'
import {
  type Adult, type DemoPerson, HAN, PLACES, UYGHUR, idCard, idOf, paper, person,
} from './person'

const ABDULLA: Adult = {
  name: '阿卜杜拉·热西提', sex: '1', bornOn: '1989-08-12', ethnicity: UYGHUR,
  region: '653101', hukouAddress: '新疆喀什市演示街道色满路17号',
  homeAddress: '新疆喀什市演示街道色满路17号', phone: '13900000009',
}
const JIANGUO: Adult = {
  ...ABDULLA, name: '刘建国', bornOn: '1984-10-01', ethnicity: HAN, phone: '13900000010',
}
const PATIGUL: Adult = {
  ...ABDULLA, name: '帕提古丽·依不拉音', sex: '2', bornOn: '1991-05-06', phone: '13900000011',
}
const HASAN: Adult = {
  name: '艾山江·托合提', sex: '1', bornOn: '1979-03-21', ethnicity: UYGHUR,
  region: '653101', hukouAddress: '新疆喀什市演示街道人民路31号',
  homeAddress: '新疆喀什市演示街道人民路31号', phone: '13900000012',
}

const FIRM_CODE = '91653101MA0000000'
const FIRM = {
  companyName: '喀什演示石榴食品有限公司',
  creditCode: FIRM_CODE + checkDigit32100(FIRM_CODE),
  companyAddress: '新疆喀什市演示街道人民路31号一楼',
}

export function ownerPeople(): DemoPerson[] {
  const opening = '企业开办'
  return [
    person(ABDULLA, { shows: opening, who: '开公司的人，当法定代表人，也是股东' }, [idCard(ABDULLA)]),
    person(JIANGUO, { shows: opening, who: '第二位股东，用自己的手机签名' }, [idCard(JIANGUO)]),
    person(PATIGUL, { shows: opening, who: '第三位股东或者监事，用自己的手机签名' }, [idCard(PATIGUL)]),
    person(HASAN, { shows: '已有企业：招员工、开店、注销、电力、企业不动产', who: '企业的法定代表人' },
      [idCard(HASAN), license(HASAN), officeTitle(HASAN)]),
  ]
}

function license(owner: Adult) {
  return paper('company', { ...owner, name: FIRM.companyName }, {
    type: 'business-license', name: '营业执照', number: '9165***0000',
    issuer: `${PLACES[owner.region]}市场监督管理局`, issuedOn: '2020-07-08',
    people: {
      company: FIRM, legalRepresentative: { name: owner.name, idNumber: idOf(owner) },
    },
  })
}

function officeTitle(owner: Adult) {
  const place = PLACES[owner.region]
  return paper('company', { ...owner, name: FIRM.companyName }, {
    type: 'property-certificate', name: '不动产权证书', number: `新（2020）${place}***0012号`,
    issuer: `${place}自然资源局`, issuedOn: '2020-09-18',
    people: {
      company: {
        companyAddress: FIRM.companyAddress, siteAddress: FIRM.companyAddress,
        shopAddress: FIRM.companyAddress, shopArea: '86',
      },
    },
  })
}
