import { app } from 'electron';

/** macOS: the person opened the app that runs already, from Finder or Spotlight. */
export function onActivate(open: () => void): void {
  app.on('activate', open);
}
