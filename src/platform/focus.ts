import Taro from '@tarojs/taro'

/** Brings an element into sight; a mini-program cannot move focus to it. */
export function focusOn(id: string) {
  void Taro.pageScrollTo({ selector: `#${id.replace(/[^\w-]/g, '\\$&')}`, offsetTop: -80 })
}

/** A mini-program's own keyboard moves the page by itself. */
export function keepFocusInSight(): void {}
