// The mini-program has no keyboard focus to draw: the web's styles are in web-styles.h5.ts.
export {}
