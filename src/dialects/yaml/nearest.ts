export { nearestName } from '../../core/model/nearest-name';
