import { deliveryRoutes } from './delivery-routes'
import type { Routes } from '../route'

/** System, security and audit administration: three people, none of whom sees a case. */
export const adminRoutes: Routes = async (app, given) => {
  await app.register(deliveryRoutes, given)
}
