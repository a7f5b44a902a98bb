export { loadRegisterFile, planRegister } from './register.actions.ts';
export { type LineFault, readRegisterFile, type RegisterLine, type RegisterRow } from './register-file.ts';
export { hasUnits, insertUnits, type RegisterUnit } from './register.queries.ts';
export { serveUnits } from './units.routes.ts';
