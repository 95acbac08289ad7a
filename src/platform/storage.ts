/** What the phone keeps across launches. Values are JSON. Nothing personal goes here unsealed. */
import Taro from '@tarojs/taro'

/** The stored value, or undefined. */
export function readItem<Value>(name: string): Value | undefined {
  const found: unknown = Taro.getStorageSync(name)
  return found === '' || found === null ? undefined : found as Value // only writeItem writes here
}

/** Stores a value. @throws when the phone's storage is full */
export function writeItem(name: string, value: unknown) {
  Taro.setStorageSync(name, value)
}

/** Forgets a value. */
export function removeItem(name: string) {
  Taro.removeStorageSync(name)
}

/** The names of everything stored. */
export function itemNames(): string[] {
  return [...Taro.getStorageInfoSync().keys]
}
