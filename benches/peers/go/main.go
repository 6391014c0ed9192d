// A file of events and one of rules come in; the figures of Go's quamina go out as JSON.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"runtime"
	"syscall"

	"quamina.net/go/quamina/v2"
)

const (
	warmUp   = 1.0
	measured = 2.0
)

type figures struct {
	Refused int     `json:"refused"`
	Build   float64 `json:"build"`
	Memory  float64 `json:"memory"`
	Rate    float64 `json:"rate"`
	Matches int     `json:"matches"`
}

func main() {
	events, rules := lines(os.Args[1]), lines(os.Args[2])
	matcher, err := quamina.New()
	if err != nil {
		log.Fatal(err)
	}
	var found figures
	before, start := heap(), seconds()
	for id, rule := range rules {
		if matcher.AddPattern(id, string(rule)) != nil {
			found.Refused++
		}
	}
	found.Build = seconds() - start
	found.Memory = float64(heap()-before) / 1e6
	found.Matches = pass(matcher, events)
	measure(matcher, events, warmUp)
	found.Rate = measure(matcher, events, measured)
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		log.Fatal(err)
	}
}

func measure(matcher *quamina.Quamina, events [][]byte, length float64) float64 {
	start, done := seconds(), 0
	for seconds()-start < length {
		pass(matcher, events)
		done += len(events)
	}
	return float64(done) / (seconds() - start)
}

func pass(matcher *quamina.Quamina, events [][]byte) int {
	matches := 0
	for _, event := range events {
		ids, err := matcher.MatchesForEvent(event)
		if err != nil {
			log.Fatal(err)
		}
		matches += len(ids)
	}
	return matches
}

// seconds is the processor time of the whole process, cleaning up included.
func seconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func heap() int64 {
	runtime.GC()
	var usage runtime.MemStats
	runtime.ReadMemStats(&usage)
	return int64(usage.HeapAlloc)
}

func lines(path string) [][]byte {
	file, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<20)
	var all [][]byte
	for scanner.Scan() {
		all = append(all, append([]byte(nil), scanner.Bytes()...))
	}
	if err := scanner.Err(); err != nil {
		log.Fatal(err)
	}
	return all
}
