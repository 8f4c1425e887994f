"""The watch after exit: alarms on monthly counts, their rates from history, and what stands under watch on a day."""
