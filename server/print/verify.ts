/** What stands at the foot of every paper: a QR and the same code in print. */
import type { Platform } from '../platform'
import type { Sheet } from './sheet'

/** @param code  of at least 128 bits, for whoever has it may ask */
export function verifyBy(
  { config: { publicUrl } }: Pick<Platform, 'config'>,
  code: string,
): NonNullable<Sheet['verify']> {
  const page = `${publicUrl}/pages/verify/index`
  return {
    address: `${page}?code=${code}`,
    lines: [
      '扫码核验真伪，只显示部分姓名。', '也可以打开核验页面，输入核验码：', code,
      `核验页面：${page}`,
    ],
  }
}
