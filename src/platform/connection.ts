import Taro from '@tarojs/taro'

/** Tells whether the phone has a network, at once and at every change; returns how to stop. */
export function watchConnection(tell: (online: boolean) => void): () => void {
  const changed = ({ isConnected }: { isConnected: boolean }) => tell(isConnected)
  Taro.getNetworkType({ success: ({ networkType }) => tell(networkType !== 'none') })
  Taro.onNetworkStatusChange(changed)
  return () => Taro.offNetworkStatusChange(changed)
}
