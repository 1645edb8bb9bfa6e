// Pipeline_go reads lines from standard input, counts their words in four goroutines that are joined by
// channels, and prints the counts sorted. The first argument says how many words to print (default 5).
// An argument that is no number gives a message on standard error and exit code 2; "panic" panics.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
)

const workers = 4

type tally struct {
	word  string
	count int
}

func main() {
	limit, err := limitFrom(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "pipeline_go:", err)
		os.Exit(2)
	}
	lines := make(chan string, 16)
	partial := make(chan map[string]int)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() { partial <- count(lines) })
	}
	go func() {
		group.Wait()
		close(partial)
	}()
	go read(lines)

	total := map[string]int{}
	for counts := range partial {
		for word, n := range counts {
			total[word] += n
		}
	}
	report(total, limit)
}

func limitFrom(arguments []string) (int, error) {
	if len(arguments) == 0 {
		return 5, nil
	}
	if arguments[0] == "panic" {
		var none map[string]int
		none["assignment"] = 1
	}
	return strconv.Atoi(arguments[0])
}

func read(lines chan<- string) {
	defer close(lines)
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		lines <- scanner.Text()
	}
}

func count(lines <-chan string) map[string]int {
	counts := map[string]int{}
	for line := range lines {
		for _, word := range strings.Fields(line) {
			counts[strings.ToLower(strings.Trim(word, ",.;:"))]++
		}
	}
	return counts
}

func report(total map[string]int, limit int) {
	ranking := make([]tally, 0, len(total))
	sum := 0
	for word, n := range total {
		ranking = append(ranking, tally{word, n})
		sum += n
	}
	sort.Slice(ranking, func(i, j int) bool {
		a, b := ranking[i], ranking[j]
		return a.count > b.count || a.count == b.count && a.word < b.word
	})
	fmt.Printf("%d words, %d different\n", sum, len(ranking))
	for _, t := range ranking[:min(limit, len(ranking))] {
		fmt.Printf("%-12s %6d %6.2f%%\n", t.word, t.count, 100*float64(t.count)/float64(sum))
	}
}
