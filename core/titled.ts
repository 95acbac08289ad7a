/** A document's name in 书名号; a name that carries its own keeps them. */
export const titled = (name: string) => (name.includes('《') ? name : `《${name}》`)

/** 母亲：居民身份证; one that belongs to nothing but itself (出让合同) is named once. */
export const ofWhom = (owner: string, name: string) =>
  (owner === name ? name : `${owner}：${name}`)
