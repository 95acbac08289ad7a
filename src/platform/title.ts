import Taro from '@tarojs/taro'

/** Names the window: the navigation bar in WeChat, document.title in a browser. */
export function setPageTitle(title: string) {
  void Taro.setNavigationBarTitle({ title })
}
