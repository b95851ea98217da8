export * from './contracts.ts'
export * from './conversations.ts'
export * from './operators.ts'
export * from './tickets.ts'
