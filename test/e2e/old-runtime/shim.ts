import electron from 'electron';
import { addElectronParts } from './electron-parts.ts';
import { addNodeGlobals } from './node-globals.ts';

/** Loaded before Rekey, in the main process of an old Electron. Never part of the product. */
addNodeGlobals();
addElectronParts(electron as typeof import('electron'));
