import { addLanguage } from './language.ts';

/** Loaded before the scripts of the pages. */
addLanguage();
