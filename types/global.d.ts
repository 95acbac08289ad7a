/// <reference types="@tarojs/taro" />

declare module '*.scss'
declare module '*.module.scss' {
  const classes: Record<string, string>
  export default classes
}

declare namespace NodeJS {
  interface ProcessEnv {
    TARO_ENV: 'weapp' | 'h5'
  }
}
