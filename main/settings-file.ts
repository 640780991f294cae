import { type Settings, SettingsSchema } from '../preload/contract.ts';

/**
 * Reminded of after 90 days: the longest of the periods, so that whoever never thinks of it is told, and seldom. It
 * changes no key by itself.
 */
export const NO_SETTINGS: Settings = {
  allowScriptedConfirmation: true,
  projectFolders: [],
  rotateEveryDays: 90,
  language: 'system',
  welcomed: false,
};

/** Files of before lack what has come since. */
export const SettingsFileSchema = SettingsSchema.extend({
  rotateEveryDays: SettingsSchema.shape.rotateEveryDays.default(NO_SETTINGS.rotateEveryDays),
  language: SettingsSchema.shape.language.default(NO_SETTINGS.language),
  // Whoever has set something knows Rekey.
  welcomed: SettingsSchema.shape.welcomed.default(true),
});
