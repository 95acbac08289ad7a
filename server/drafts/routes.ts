import type { Routes } from '../route'
export const draftRoutes: Routes = async () => undefined
