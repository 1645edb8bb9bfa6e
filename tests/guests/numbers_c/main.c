/* Reads numbers from standard input, one a line, and prints what statistics say of them in all the forms of
 * printf for floating point. A line that is not a number gives a message on standard error and exit code 1. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct numbers {
    double *values;
    size_t count;
    size_t capacity;
};

static int push(struct numbers *numbers, double value) {
    if (numbers->count == numbers->capacity) {
        size_t capacity = numbers->capacity ? numbers->capacity * 2 : 16;
        double *values = realloc(numbers->values, capacity * sizeof *values);
        if (!values)
            return 0;
        numbers->values = values;
        numbers->capacity = capacity;
    }
    numbers->values[numbers->count++] = value;
    return 1;
}

static int compare(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static int read_all(struct numbers *numbers) {
    char line[256];
    for (size_t row = 1; fgets(line, sizeof line, stdin); row++) {
        char *end;
        double value = strtod(line, &end);
        if (end == line || strspn(end, " \r\n") != strlen(end)) {
            fprintf(stderr, "numbers_c: line %zu is not a number: %s", row, line);
            return 0;
        }
        if (!push(numbers, value)) {
            fprintf(stderr, "numbers_c: out of memory at line %zu\n", row);
            return 0;
        }
    }
    return 1;
}

static void print_forms(const char *name, double value) {
    printf("%-8s %14.3f | %12g | %+.4e | %a\n", name, value, value, value, value);
}

static void print_histogram(const struct numbers *numbers) {
    enum { bins = 8 };
    size_t counts[bins] = {0};
    double low = numbers->values[0], width = (numbers->values[numbers->count - 1] - low) / bins;
    for (size_t i = 0; i < numbers->count; i++) {
        int bin = width > 0 ? (int)((numbers->values[i] - low) / width) : 0;
        counts[bin < bins ? bin : bins - 1]++;
    }
    for (int bin = 0; bin < bins; bin++) {
        char bar[41] = {0};
        memset(bar, '#', counts[bin] * 40 / numbers->count);
        printf("%10.2f %6zu %s\n", low + width * bin, counts[bin], bar);
    }
}

int main(void) {
    struct numbers numbers = {0};
    if (!read_all(&numbers)) {
        free(numbers.values);
        return 1;
    }
    printf("count %zu\n", numbers.count);
    if (numbers.count > 0) {
        double sum = 0, squares = 0;
        for (size_t i = 0; i < numbers.count; i++)
            sum += numbers.values[i];
        double mean = sum / numbers.count;
        for (size_t i = 0; i < numbers.count; i++)
            squares += (numbers.values[i] - mean) * (numbers.values[i] - mean);

        qsort(numbers.values, numbers.count, sizeof *numbers.values, compare);
        size_t middle = numbers.count / 2;
        double median = numbers.count % 2 ? numbers.values[middle]
                                          : (numbers.values[middle - 1] + numbers.values[middle]) / 2;
        print_forms("minimum", numbers.values[0]);
        print_forms("median", median);
        print_forms("mean", mean);
        print_forms("maximum", numbers.values[numbers.count - 1]);
        print_forms("deviation", sqrt(squares / numbers.count));
        print_histogram(&numbers);
    }
    free(numbers.values);
    return 0;
}
