/** Settings by which a key is known at its service: those of the old one don't fit the new one. */
export const OF_ONE_KEY: readonly string[] = ['key_id', 'key_name', 'token_id'];
