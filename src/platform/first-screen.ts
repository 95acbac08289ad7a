/** A mini-program shows a screen of WeChat's own until it has started. */
export function leaveFirstScreen(): void {}
