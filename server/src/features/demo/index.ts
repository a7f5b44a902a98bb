export { buildProvince, demoPassword } from './build.actions.ts';
export { buildProvinceFile, demoAccounts, loadDemoOnce, startDemoClock } from './start.actions.ts';
