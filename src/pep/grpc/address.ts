export { formatAddress, isLoopback, parseAddress } from '../../platform/address';
export type { ListenAddress } from '../../platform/address';
