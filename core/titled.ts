/** A document's name in 书名号; a name that carries its own keeps them. */
export const titled = (name: string) => (name.includes('《') ? name : `《${name}》`)
