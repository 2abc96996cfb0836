import {
  bits,
  bitsOf,
  bool,
  boolOf,
  child,
  decode,
  DerError,
  explicit,
  generalizedTime,
  ia5,
  integer,
  integerOf,
  isExplicit,
  type Node,
  octets,
  oid,
  oidOf,
  printable,
  sequence,
  TAG,
  textOf,
  timeOf,
  utf8,
} from '../sign/der.ts';

/*
 * Electronic seals as ASN.1 (GB/T 38540-2020, 6 and 7; version 4 of the structure). Names of the members are the standard's, in words.
 */

/** Version that the standard of 2020 gives the structure. */
const VERSION = 4;

/** Extension (自定义数据). */
export type SealExtension = { id: string; critical: boolean; value: Buffer };

/** Who may sign with the seal (签章者证书信息): certificates (type 1), or digests of certificates (type 2). */
export type SealSigners =
  | { type: 'certificates'; certificates: readonly Buffer[] }
  | { type: 'digests'; digests: readonly { algorithm: string; value: Buffer }[] };

/** What the maker of a seal signs (印章信息, SES_SealInfo). */
export type SealInfo = {
  /** Maker's software (厂商标识). */
  vendor: string;
  /** Identifier of the seal (印章标识). */
  id: string;
  /** Kind of seal (印章类型): 1 of a unit, 2 of a person. */
  type: number;
  name: string;
  signers: SealSigners;
  createdAt: Date;
  validFrom: Date;
  validUntil: Date;
  /** Type of the picture (PNG, SVG …), its bytes, width and height in millimetres. */
  picture: { type: string; data: Buffer; width: number; height: number };
  extensions?: readonly SealExtension[];
};

/** An electronic seal (电子印章, SESeal): signed by its maker (制章人). */
export type Seal = { info: SealInfo; makerCertificate: Buffer; algorithm: string; signature: Buffer };

/** What the one who seals signs (签章信息, TBS_Sign). */
export type SealTbs = {
  seal: Seal;
  at: Date;
  /** Digest of what is sealed (原文杂凑值). */
  digest: Buffer;
  /** Where it stands: in OFD the path of Signature.xml (原文属性信息). */
  property: string;
  extensions?: readonly SealExtension[];
};

/** A seal on a document (电子签章数据, SES_Signature). */
export type SealSignature = {
  tbs: SealTbs;
  certificate: Buffer;
  algorithm: string;
  signature: Buffer;
  /** Time stamp over the signature (时间戳), where there is one. */
  timeStamp?: Buffer;
};

export function encodeSealInfo(info: SealInfo): Buffer {
  const { signers, picture, extensions } = info;
  const header = sequence(ia5('ES'), integer(VERSION), ia5(info.vendor));
  const list =
    signers.type === 'certificates'
      ? sequence(...signers.certificates.map(octets))
      : sequence(...signers.digests.map(({ algorithm, value }) => sequence(printable(algorithm), octets(value))));
  const property = sequence(
    integer(info.type),
    utf8(info.name),
    integer(signers.type === 'certificates' ? 1 : 2),
    list,
    generalizedTime(info.createdAt),
    generalizedTime(info.validFrom),
    generalizedTime(info.validUntil),
  );
  const image = sequence(ia5(picture.type), octets(picture.data), integer(picture.width), integer(picture.height));
  return sequence(header, ia5(info.id), property, image, ...extensionsDer(extensions));
}

export function encodeSeal(seal: Seal): Buffer {
  return sequence(encodeSealInfo(seal.info), octets(seal.makerCertificate), oid(seal.algorithm), bits(seal.signature));
}

export function encodeTbs(tbs: SealTbs): Buffer {
  return sequence(
    integer(VERSION),
    encodeSeal(tbs.seal),
    generalizedTime(tbs.at),
    bits(tbs.digest),
    ia5(tbs.property),
    ...extensionsDer(tbs.extensions),
  );
}

export function encodeSealSignature(signed: SealSignature): Buffer {
  return sequence(
    encodeTbs(signed.tbs),
    octets(signed.certificate),
    oid(signed.algorithm),
    bits(signed.signature),
    ...(signed.timeStamp === undefined ? [] : [explicit(0, bits(signed.timeStamp))]),
  );
}

/** A seal from its encoding; `signedInfo` are the very bytes that its maker signed. DerError for anything else. */
export function decodeSeal(der: Uint8Array): { seal: Seal; signedInfo: Buffer } {
  return sealOf(decode(der));
}

/** A seal on a document from its encoding; `signedTbs` are the very bytes that were signed. */
export function decodeSealSignature(der: Uint8Array): { signed: SealSignature; signedTbs: Buffer; signedInfo: Buffer } {
  const outer = decode(der);
  const body = child(outer, 0, TAG.sequence);
  versionOf(child(body, 0));
  const { seal, signedInfo } = sealOf(child(body, 1, TAG.sequence));
  const stamp = outer.children[4];
  if (stamp && !isExplicit(stamp, 0)) throw new DerError('time stamp');
  return {
    signedTbs: body.whole,
    signedInfo,
    signed: {
      tbs: {
        seal,
        at: timeOf(child(body, 2)),
        digest: bitsOf(child(body, 3)),
        property: textOf(child(body, 4, TAG.ia5)),
        extensions: extensionsOf(body.children[5]),
      },
      certificate: child(outer, 1, TAG.octets).content,
      algorithm: oidOf(child(outer, 2)),
      signature: bitsOf(child(outer, 3)),
      ...(stamp ? { timeStamp: bitsOf(child(stamp, 0)) } : {}),
    },
  };
}

function sealOf(node: Node): { seal: Seal; signedInfo: Buffer } {
  const info = child(node, 0, TAG.sequence);
  const header = child(info, 0, TAG.sequence);
  if (textOf(child(header, 0, TAG.ia5)) !== 'ES') throw new DerError('no electronic seal');
  versionOf(child(header, 1));
  const property = child(info, 2, TAG.sequence);
  const image = child(info, 3, TAG.sequence);
  return {
    signedInfo: info.whole,
    seal: {
      info: {
        vendor: textOf(child(header, 2, TAG.ia5)),
        id: textOf(child(info, 1, TAG.ia5)),
        type: Number(integerOf(child(property, 0))),
        name: textOf(child(property, 1, TAG.utf8)),
        signers: signersOf(Number(integerOf(child(property, 2))), child(property, 3, TAG.sequence)),
        createdAt: timeOf(child(property, 4)),
        validFrom: timeOf(child(property, 5)),
        validUntil: timeOf(child(property, 6)),
        picture: {
          type: textOf(child(image, 0, TAG.ia5)),
          data: child(image, 1, TAG.octets).content,
          width: Number(integerOf(child(image, 2))),
          height: Number(integerOf(child(image, 3))),
        },
        extensions: extensionsOf(info.children[4]),
      },
      makerCertificate: child(node, 1, TAG.octets).content,
      algorithm: oidOf(child(node, 2)),
      signature: bitsOf(child(node, 3)),
    },
  };
}

function versionOf(node: Node): void {
  if (integerOf(node) !== BigInt(VERSION))
    throw new DerError(`version ${integerOf(node)} of the seal's structure is not read`);
}

function signersOf(type: number, list: Node): SealSigners {
  if (type === 1) {
    return { type: 'certificates', certificates: list.children.map((each) => asOctets(each)) };
  }
  if (type !== 2) throw new DerError('list of signers');
  return {
    type: 'digests',
    digests: list.children.map((each) => ({ algorithm: textOf(child(each, 0)), value: asOctets(child(each, 1)) })),
  };
}

function asOctets(node: Node): Buffer {
  if (node.tag !== TAG.octets) throw new DerError('no octets');
  return node.content;
}

function extensionsDer(extensions: readonly SealExtension[] | undefined): Buffer[] {
  if (!extensions) return [];
  const list = extensions.map(({ id, critical, value }) => sequence(oid(id), bool(critical), octets(value)));
  return [explicit(0, sequence(...list))];
}

function extensionsOf(node: Node | undefined): readonly SealExtension[] | undefined {
  if (!node) return undefined;
  if (!isExplicit(node, 0)) throw new DerError('extensions');
  return child(node, 0, TAG.sequence).children.map((each) => ({
    id: oidOf(child(each, 0)),
    critical: boolOf(child(each, 1, TAG.boolean)),
    value: asOctets(child(each, 2)),
  }));
}
