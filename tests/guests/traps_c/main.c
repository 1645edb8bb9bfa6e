/* A module without imports whose exports end in each kind of trap, built with line numbers (DWARF): for
 * backtraces with source lines. `volatile` keeps the compiler from seeing what is about to happen. */
#define EXPORT(name) __attribute__((export_name(name), noinline))
#define NOINLINE __attribute__((noinline))

static volatile int zero = 0;
static volatile int lowest = -2147483647 - 1;
static volatile float huge = 1e30f;
static volatile int stop = 0;

NOINLINE static int fall_through(int depth) {
    if (depth == 0)
        __builtin_trap();
    return fall_through(depth - 1) + zero;
}

EXPORT("unreachable_at_depth") int unreachable_at_depth(int depth) {
    int result = fall_through(depth);
    return result + zero;
}

EXPORT("divide_by_zero") int divide_by_zero(int dividend) {
    return dividend / zero;
}

EXPORT("divide_overflow") int divide_overflow(int divisor) {
    return lowest / divisor;
}

EXPORT("load_out_of_bounds") int load_out_of_bounds(unsigned address) {
    return *(volatile int *)address;
}

EXPORT("convert_overflow") int convert_overflow(int factor) {
    return __builtin_wasm_trunc_s_i32_f32(huge * (float)factor);
}

static int no_parameter(void) {
    return 1;
}

static int one_parameter(int value) {
    return value;
}

typedef int (*handler)(int);
static volatile handler handlers[3] = {one_parameter, (handler)(void (*)(void))no_parameter, 0};

EXPORT("call_handler") int call_handler(int index) {
    return handlers[index](index) + zero;
}

EXPORT("call_far_handler") int call_far_handler(int index) {
    handler far = (handler)index;
    return far(index) + zero;
}

EXPORT("recurse") int recurse(int depth) {
    return stop ? depth : recurse(depth + 1) * 3 / 5;
}
