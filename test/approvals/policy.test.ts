import { describe, expect, it } from 'vitest';
import { approverOf } from '../../main/approvals/policy.ts';
import type { Carrier } from '../../main/calls/caller.ts';

const CARRIERS: readonly Carrier[] = ['confirmation-window', 'window', 'tray', 'page', 'terminal', 'script', 'agent'];

function allowed(rules: Parameters<typeof approverOf>[1]): Carrier[] {
  return CARRIERS.filter((carrier) => {
    try {
      approverOf(carrier, rules);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'approval-not-here' });
      return false;
    }
  });
}

describe('who may confirm a rotation', () => {
  it('is the confirmation window alone where a desktop is, whatever the setting', () => {
    expect(allowed({ desktop: true, allowScripted: true })).toEqual(['confirmation-window']);
    expect(allowed({ desktop: true, allowScripted: false })).toEqual(['confirmation-window']);
  });

  it('is the page, a terminal and, if the setting lets it, a script where none is', () => {
    expect(allowed({ desktop: false, allowScripted: true })).toEqual(['page', 'terminal', 'script']);
    expect(allowed({ desktop: false, allowScripted: false })).toEqual(['page', 'terminal']);
  });

  it('is never an agent', () => {
    for (const desktop of [true, false]) expect(allowed({ desktop, allowScripted: true })).not.toContain('agent');
  });
});
