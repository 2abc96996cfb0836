import { app } from '#platform/kernel/app.ts';
import { textMessages } from '#apps/government/service-hall/peripherals/text-message.ts';
import { cardContext, receive, secretContext } from './desk.ts';
import { peripheralsMount } from './mount.ts';

/**
 * Card reader, scanner, printer and phone of the sample district (样例外设), written apart from the window that uses them, with keys of their own. Not in a
 * real district.
 */
export const peripheralsSimulator = app({
  id: 'peripherals-simulator',
  kind: 'app',
  folder: 'districts/huangpu/partners/peripherals',
  title: { zh: '样例外设', en: 'Sample devices' },
  mounts: [peripheralsMount],
  sealed: [
    {
      table: 'peripherals_simulator.device',
      column: 'secret',
      key: { centre: 'text', window_no: 'int4' },
      context: (row) => secretContext(row.centre ?? '', row.window_no ?? ''),
    },
    {
      table: 'peripherals_simulator.card',
      column: 'facts',
      key: { key: 'text' },
      context: ({ key }) => cardContext(key ?? ''),
    },
  ],
  provides: [textMessages.provide({ send: ({ services, phone, text }) => receive(services, { phone, text }) })],
});
