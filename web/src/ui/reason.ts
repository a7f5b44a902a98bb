const shortest = 3;

/** Whether the server takes a text as a reason or a remark. */
export const isReason = (text: string): boolean => text.trim().length >= shortest;
