import type { ConnectorKind } from '../feed/feed.ts';
import type { SourceConnector } from './connector.ts';
import { httpConnector } from './http.ts';
import { mariadbConnector } from './mariadb.ts';
import { mqttConnector } from './mqtt.ts';
import { postgresConnector } from './postgres.ts';
import { sftpConnector } from './sftp.ts';

/** Every way in which the platform itself reads a source. */
export const connectors: Readonly<Record<Exclude<ConnectorKind, 'push'>, SourceConnector>> = {
  http: httpConnector,
  sftp: sftpConnector,
  postgres: postgresConnector,
  mariadb: mariadbConnector,
  mqtt: mqttConnector,
};
