import type { HostView } from '../../hosts/host.schema.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';

export function hostHandlers(parts: CallParts): Pick<Handlers, 'listHosts'> {
  return { listHosts: (): Promise<HostView[]> => parts.reportHosts() };
}
