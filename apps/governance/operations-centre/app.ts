import { app } from '#platform/kernel/app.ts';
import { daily } from './daily/room.ts';
import { exercise } from './exercise/room.ts';
import { incident } from './incident/room.ts';
import { options } from './options/room.ts';
import { order } from './order/room.ts';
import { joinRooms } from '#platform/kernel/rooms.ts';
import { shift } from './shift/room.ts';
import { wall } from './wall/room.ts';

/** The district operations centre (城市运行管理中心, P28): composite incidents, options, orders, the shift, exercises and the wall. */
export const operationsCentre = app({
  id: 'ops',
  kind: 'app',
  folder: 'apps/governance/operations-centre',
  title: { zh: '城运中心', en: 'Operations centre' },
  projects: ['P28'],
  ...joinRooms([incident, options, order, shift, exercise, daily, wall]),
});
