const SERVICE = '喀什一件事'

/** Names the window: the navigation bar in WeChat, document.title in a browser. */
export function setPageTitle(title: string) {
  document.title = title === SERVICE ? title : `${title} - ${SERVICE}`
}
