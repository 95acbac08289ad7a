import Taro from '@tarojs/taro'

export interface Spot {
  name: string
  address: string
  /** GCJ-02, degrees */
  at?: { latitude: number; longitude: number } | undefined
}

/** WeChat's map wants to know where: an address alone does not do. */
export const hasMap = ({ at }: Spot) => at !== undefined

/** Shows a place on WeChat's own map, from where one can be led there. */
export function openMap({ name, address, at }: Spot) {
  if (at) void Taro.openLocation({ ...at, name, address, scale: 16 })
}
