/** Calm and dense; every grey of the kit that says something reaches 4.5:1 (WCAG 1.4.3). */
import type { ThemeConfig } from 'antd'

const QUIET = '#4d5a69'

export const THEME: ThemeConfig = {
  token: {
    colorPrimary: '#0b5cad',
    colorLink: '#0b5cad',
    colorError: '#a8071a',
    colorErrorBg: '#fff1f0',
    colorErrorBorder: '#e0a8a8',
    colorText: '#1c2733',
    colorTextSecondary: QUIET,
    colorTextTertiary: QUIET,
    colorTextQuaternary: QUIET,
    colorTextPlaceholder: QUIET,
    colorTextDescription: QUIET,
    colorTextDisabled: '#5f6b7a',
    colorBorder: '#8b98a7',
    colorBgContainerDisabled: '#f3f5f8',
    borderRadius: 4,
    motion: false,
    fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  },
  // A button at work turns its wheel; its words stay as dark.
  components: { Button: { opacityLoading: 1 } },
}
