import { expect, it } from 'vitest';
import { readConfig } from '#platform/kernel/config.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { readDemoAccounts } from '#platform/identity/demo-accounts.ts';
import { manifests } from '#manifests';
import { permitOfPosts, readPolicies } from '#platform/access/policy/read-policies.ts';
import { parsePolicies, type Policy } from '#platform/access/policy/parse.ts';
import { type Assignment, dutyRules, personConflicts, postConflicts } from '#platform/access/duty/check-duty.ts';

const { root } = readConfig({});
const shipped = readPolicies(createRegistry(manifests), root).files.flatMap((file) => file.policies);
const permit = (action: string, ...posts: string[]): Policy[] =>
  parsePolicies({ text: permitOfPosts(action, posts, { zh: '测试', en: 'Test' }), source: 'seed', module: 'access' })
    .policies;
const person = (name: string, ...posts: string[]): Assignment[] =>
  posts.map((post, i) => ({ person: name, name, account: `${name}.${i}`, post, unit: null }));

it('finds no conflict in the posts as shipped, nor among the demo accounts', () => {
  expect(postConflicts(shipped)).toEqual([]);
  const assignments = readDemoAccounts(root).map(({ account, name, post, unit }) => ({
    person: account,
    name,
    account,
    post,
    unit: unit ?? null,
  }));
  expect(personConflicts({ policies: shipped, assignments })).toEqual([]);
});

it('finds all of 12 conflicts that were planted, and nothing else', () => {
  const planted = [
    ...permit('population.person.peek', 'system-administrator'),
    ...permit('legal-entity.entity.peek', 'security-administrator'),
    ...permit('x.order.receive', 'data-officer'),
    ...permit('x.order.approve', 'data-officer'),
    ...permit('x.notice.draft', 'street-clerk'),
    ...permit('x.notice.publish', 'street-clerk'),
    ...permit('x.bill.pay', 'duty-officer'),
    ...permit('x.bill.approve', 'unit-head', 'duty-officer'),
    ...permit('y.order.receive', 'committee-worker'),
    ...permit('y.order.approve', 'street-clerk'),
    // Two kinds of orders: who receives one may approve the other.
    ...permit('z.order.approve', 'committee-worker'),
  ];
  const policies = [...shipped, ...planted];
  const assignments = [
    ...person('a', 'system-administrator', 'security-administrator'),
    ...person('b', 'security-auditor', 'data-officer'),
    ...person('c', 'security-auditor', 'duty-officer'),
    ...person('d', 'staffing-officer', 'security-administrator'),
    ...person('e', 'staffing-officer', 'security-auditor'),
    ...person('f', 'committee-worker', 'street-clerk'),
    ...person('g', 'system-administrator', 'security-auditor'),
    ...person('h', 'citizen', 'street-clerk'),
    ...person('i', 'unit-head'),
  ];
  const found = [...postConflicts(policies), ...personConflicts({ policies, assignments })].map(
    ({ rule, post, person: who }) => `${rule}: ${post ?? who?.name}`,
  );
  expect(found.sort()).toEqual(
    [
      'key-custodian: system-administrator',
      'security-administrator-sees-no-data: security-administrator',
      'receiver-and-approver: data-officer',
      'drafter-and-publisher: street-clerk',
      'payer-and-approver: duty-officer',
      'three-administrators: a',
      'auditor-works-nowhere-else: b',
      'auditor-runs-nothing: c',
      'staffing-and-rules: d',
      'staffing-and-audit: e',
      'receiver-and-approver: f',
      'three-administrators: g',
    ].sort(),
  );
  expect(found).toHaveLength(12);
});

it('says each rule in Chinese and English, and names actions that exist or may come', () => {
  for (const rule of dutyRules()) expect(rule.zh.length * rule.en.length, rule.id).toBeGreaterThan(0);
});
