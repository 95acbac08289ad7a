/** The name of a paper in 书名号, unless it carries some of its own. */
export const titled = (name: string) => (name.includes('《') ? name : `《${name}》`)
