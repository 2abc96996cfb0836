import { BlockList, isIP } from 'node:net';
import type { Config } from './config.ts';

const lists = new Map<string, BlockList>();

function listOf(networks: string): BlockList {
  let list = lists.get(networks);
  if (list === undefined) {
    list = new BlockList();
    for (const network of networks
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)) {
      const [address = '', bits] = network.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      if (bits === undefined) list.addAddress(address, family);
      else list.addSubnet(address, Number(bits), family);
    }
    lists.set(networks, list);
  }
  return list;
}

/** Network zone (网络区域) of a caller: 'office' inside OFFICE_NETWORKS, else 'internet'; undefined where none are named. */
export function zoneOf(address: string, config: Pick<Config, 'officeNetworks'>): 'office' | 'internet' | undefined {
  if (config.officeNetworks === undefined) return undefined;
  const plain = address.replace(/^::ffff:/, '');
  return listOf(config.officeNetworks).check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4') ? 'office' : 'internet';
}
