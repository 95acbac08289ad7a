import Taro from '@tarojs/taro'

/** Opens the phone's dialler with a number; false when the person changed their mind. */
export async function callPhone(phoneNumber: string): Promise<boolean> {
  return Taro.makePhoneCall({ phoneNumber }).then(() => true, () => false)
}
