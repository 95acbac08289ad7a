/** A browser cannot be told by WeChat: the choice is not there. */
export const canSubscribe = false

export const askToSubscribe = async (): Promise<string[]> => []
