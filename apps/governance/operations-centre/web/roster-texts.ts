/** Words of the roster (排班). */
export const rosterZh = {
  planLead: '当班的人也是接预警的人。接班以后，这一班不能再改。',
  plan: '排这一班',
  planDay: '日期',
  planShift: '班次',
  shifts: { night: '早班 0–8 时', day: '中班 8–16 时', evening: '晚班 16–24 时' },
  planLeader: '值班长',
  planOfficers: '值班员',
  choosePerson: '请选择',
  planned: '已排班',
  repeat: '照上周排七天',
  repeated: '已排 {{n}} 班；{{left}} 班原来的值班长已离岗，请另排',
  noRoster: '还没有排班。先排好一周，以后可以照上周排。',
};
export const rosterEn: typeof rosterZh = {
  planLead: 'Who is on the shift is told of alerts as well. Once it is taken over, a shift is not changed any more.',
  plan: 'Plan this shift',
  planDay: 'Day',
  planShift: 'Hours',
  shifts: { night: 'Night 0–8', day: 'Day 8–16', evening: 'Evening 16–24' },
  planLeader: 'Leader',
  planOfficers: 'Officers',
  choosePerson: 'Choose',
  planned: 'Planned',
  repeat: 'Seven days as the week before',
  repeated: '{{n}} shifts planned; the leaders of {{left}} have left their post: plan those anew',
  noRoster: 'Nothing is planned. Plan a week; the next ones follow it.',
};
