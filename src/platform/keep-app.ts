/** A mini-program is kept on the phone by WeChat itself. */
export function keepApp(): void {}
