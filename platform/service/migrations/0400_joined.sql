-- What a sub-case has elsewhere: the order of its fee (缴费单, platform/ledger), the process that handles it (platform/workflow).
alter table service.sub_case
  add column fee_order uuid,
  -- open 待缴 · paid 已缴 · closed 已撤销或过期 · refund 已申请退费 · refunded 已退 · window 窗口收取: nobody is known who could pay from afar.
  add column fee_state text check (fee_state in ('open', 'paid', 'closed', 'refund', 'refunded', 'window')),
  add column fee_round int not null default 0,
  add column instance uuid,
  add check ((fee_order is null) = (fee_state is null or fee_state = 'window'));
create index sub_case_check on service.sub_case (unit) where verify_clock is not null and (verified is null or verified = 'false');

-- Joint handling (联合办理): one time for the whole, besides that of each item (行政许可法 art. 42 II).
alter table service.case_file add column joint_clock uuid;
