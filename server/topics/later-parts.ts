/** What topics published before these words existed do not have. */
export const LATER_PARTS = { alternatives: [], seasons: [], joins: [], phrases: [] }
