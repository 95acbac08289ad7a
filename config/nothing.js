// Stands in the built H5 for the packages it does not need (UNNEEDED in index.ts).
export default undefined
export function defineCustomElementTaroPullToRefreshCore() {}
