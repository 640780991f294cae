import manifest from '../package.json' with { type: 'json' };

/** Of this program; the app that it talks to has its own. */
export const { version } = manifest;
