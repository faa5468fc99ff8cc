// Like: texts of people as patterns of SQL's `like`, in which only the stars they meant stand for anything.

/** A text that stands for itself in a pattern. */
export const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** Texts in their order with anything between them. */
export const likeParts = (parts: readonly string[]): string => parts.map(literal).join('%')
