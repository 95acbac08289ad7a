import { requestFile } from '../platform/request'

export const materialFile = (id: string) => requestFile(`/v1/materials/${id}/file`)
