import type { ShownCall } from '../data/answers.ts';
import type { Route } from './route.ts';

/** What stands above every page. */
const BANNERS: readonly ShownCall[] = ['getStatus', 'getDesktop', 'listApprovals', 'listRotations', 'listReminders'];

/** What each page shows first: it is drawn when these are there, so that nothing in it moves while they come. */
export const NEEDS: Record<Route['page'], readonly ShownCall[]> = {
  keys: [...BANNERS, 'listCredentials', 'listHosts'],
  hosts: [...BANNERS, 'listHosts', 'listBackups', 'listConnections'],
  activity: BANNERS,
  settings: [...BANNERS, 'getSettings', 'listServices'],
  rotation: BANNERS,
  practice: [...BANNERS, 'getPractice'],
  welcome: [...BANNERS, 'listHosts', 'listConnections'],
  'not-found': BANNERS,
};
